# Found by an exploration with seed 2, in excursion 2. To repeat that: x
@HOOKS-ENV-05
Feature: Explored: HOOKS-ENV-05 (must)
  refused with 409: WARM exit with language "en" and isExtAD true, of a voice conversation.
  It is accepted when each has a request of its own.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: Transfer, summary and end come in events, an array of objects that is not empty; beside a message it may be empty

    Example: A warm exit, seed 2, excursion 2
      Given all values are plain
      And a voice conversation
      And these events are sent in one request:
        | event    | transfer | transition | agent   |
        | transfer | NA       | entry      | Agent 1 |
        | transfer | warm     | entry      | Agent 2 |
        | transfer | warm     | entry      | Agent 3 |
      And Agent 3 leaves while others stay
      Then the tenant has accepted every event
