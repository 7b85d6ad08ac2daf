"""The rules of integrity work in Thai local government: pure, cited, without I/O or clock."""
