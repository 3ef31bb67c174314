"""What members carry elsewhere, signed: proofs, keys, trust."""
