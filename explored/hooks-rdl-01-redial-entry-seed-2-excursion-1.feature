# Found by an exploration with seed 2, in excursion 1. To repeat that: x
@HOOKS-RDL-01
Feature: Explored: HOOKS-RDL-01 (must)
  refused with 409: redial entry with language "en" and isExtAD true, of a voice conversation.
  It is only after an event out of order was refused.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: After a drop the sequence is NA exit, redial entry, NA exit, summary, END_OF_CONVERSATION

    Example: A redial entry, seed 2, excursion 1
      Given all values are plain
      And the tenant refuses what comes out of order
      And a voice conversation
      And Agent 1 answers the call
      And Agent 1 leaves as the last one
      And these events come out of order, and are refused:
        | event    | transfer | transition | agent   |
        | transfer | NA       | entry      | Agent 1 |
      And Agent 1 redials
      Then the tenant has accepted every event
