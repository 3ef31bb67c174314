"""The tests. Every folder is a package, so that two files of one name do not collide."""
