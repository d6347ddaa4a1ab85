# Found by an exploration with seed 2, in excursion 9. To repeat that: x
@HOOKS-SEQ-15
Feature: Explored: HOOKS-SEQ-15 (must)
  refused with 400: NA entry with language "en" and isExtAD true, of a voice conversation.
  It is only with another conversation.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: Conversations that run at the same time do not disturb each other

    Example: A NA entry, seed 2, excursion 9
      Given all values are plain
      And a voice conversation
      And Agent 1 answers the call
      And a voice conversation
      And Agent 1 answers the call
      Then the tenant has accepted every event
