"""What all desks use: pages and fragments, forms with their problems, texts, times and money, icons, tables."""
