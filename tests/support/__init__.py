"""What tests share: real brokers, processes and waiting for a condition."""
