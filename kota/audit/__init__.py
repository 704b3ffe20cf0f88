"""The audit log as an auditor meets it: is it whole, and what happened to one thing?"""
