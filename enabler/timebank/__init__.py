"""The time bank: minutes given and received (pure).

Every hour is worth the same, and doing is what writes the ledger. Start at :mod:`.transfers` and
:mod:`.accounts` for what there is, :mod:`.judging` for the rules, :mod:`.ledger` for all of them
together in memory, :mod:`.settling` for what moves for help, reversals and leaving,
:mod:`.borders` for what goes between two places, always as two rows,
:mod:`.limits` for what a place's ruleset says, :mod:`.gaming` for what a custodian should look at,
:mod:`.checks` for the proof of a whole ledger, and :mod:`.sealing` for the chain that an auditor
can verify alone.
"""
