# Found by an exploration with seed 2, in excursion 7. To repeat that: x
@HOOKS-ERR-02
Feature: Explored: HOOKS-ERR-02 (should)
  answered with 200 although it is out of order: NA exit with language "en" and isExtAD true, of a voice conversation.
  It is the profile says that it refuses what is out of order.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: A request that is not POST, not JSON, or that breaks a documented requirement of its envelope or payload, is refused with a 4xx and a JSON error that has a message; never a 5xx, never a success

    Example: A NA exit out of order, seed 2, excursion 7
      Given all values are plain
      And the tenant refuses what comes out of order
      And a voice conversation
      And Agent 1 answers the call
      And these events come out of order, and are refused:
        | event    | transfer | transition | agent   |
        | transfer | NA       | exit       | Agent 2 |
