"""Any order of what anybody can do: nobody is asked who must not be, nothing held is matched, no
address is shown to whoever is not entitled at that moment."""
