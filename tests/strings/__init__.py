"""What people type goes in and comes out as it was, at every door, and never as anything else."""
