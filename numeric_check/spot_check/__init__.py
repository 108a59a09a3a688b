"""A formula on random exact instances: it can be refuted so, never proved."""
