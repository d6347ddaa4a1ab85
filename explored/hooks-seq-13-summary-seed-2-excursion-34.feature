# Found by an exploration with seed 2, in excursion 34. To repeat that: x
@HOOKS-SEQ-13
Feature: Explored: HOOKS-SEQ-13 (must)
  refused with 400: TRIGGER_SUMMARY_EVENT with language "English" and locale "en".
  It is only after an event out of order was refused.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: The cold transfer flow over three agents is accepted

    Example: A summary, seed 2, excursion 34
      Given all values are plain
      And the tenant refuses what comes out of order
      And a voice conversation
      And these events come out of order, and are refused:
        | event    | transfer | transition | agent   |
        | transfer | cold     | entry      | Agent 1 |
      And Agent 2 answers the call
      And Agent 2 hands the conversation over to Agent 1
      And Agent 1 leaves as the last one
      And a summary is requested
      Then the tenant has accepted every event
