"""Forms: syntax only. What an answer means is checked by services, for every door alike."""
