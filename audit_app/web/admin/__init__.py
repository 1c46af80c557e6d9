"""What the partnership’s business unit looks after: organisations, registers, questionnaires."""
