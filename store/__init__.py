"""Durable memory: PostgreSQL (journal, people, chats, register, outbox) and the keyring."""
