# Found by an exploration with seed 2, in excursion 21. To repeat that: x
@HOOKS-SEQ-15
Feature: Explored: HOOKS-SEQ-15 (must)
  refused with 400: NA exit with language "en" and isExtAD true, of a voice conversation.
  It is only with another conversation.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: Conversations that run at the same time do not disturb each other

    Example: A NA exit, seed 2, excursion 21
      Given all values are plain
      And the tenant refuses what comes out of order
      And a voice conversation
      And these events come out of order, and are refused:
        | event    | transfer | transition | agent   |
        | transfer | cold     | entry      | Agent 1 |
      And a voice conversation
      And Agent 1 answers the call
      And a voice conversation
      And Agent 1 answers the call
      And Agent 1 leaves as the last one
      Then the tenant has accepted every event
