"""The hall: one public function per use case, each one transaction."""
