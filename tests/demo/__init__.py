"""The invented people: who they are, what came of what they asked, and how they are kept."""
