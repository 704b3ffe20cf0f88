"""Rules of who gets a fee waiver: tried on this year's pupils, and past decisions judged again."""
