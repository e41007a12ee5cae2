"""Stored answers of a campaign's part joined with the engines: figures of items and forms, topics, questionnaires.

``sheet`` reads, the other modules compute and write nothing; ``findings.actions.analysis`` keeps what they say.
"""
