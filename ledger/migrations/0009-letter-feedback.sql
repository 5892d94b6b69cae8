-- What a task heard last of its letters is asked for at each hand-over.
CREATE INDEX letter_feedback_by_stream ON letter_feedback (stream);
