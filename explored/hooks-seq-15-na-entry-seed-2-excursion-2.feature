# Found by an exploration with seed 2, in excursion 2. To repeat that: x
@HOOKS-SEQ-15
Feature: Explored: HOOKS-SEQ-15 (must)
  refused with 409: NA entry with language "en" and isExtAD true, of a voice conversation.
  It is only when 2 are sent at the same time.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: Conversations that run at the same time do not disturb each other

    Example: A NA entry in 2 conversations at the same time, seed 2, excursion 2
      Given all values are plain
      When these events are sent in 2 conversations at the same time:
        | event    | transfer | transition | agent   |
        | transfer | NA       | entry      | Agent 1 |
      Then the tenant has accepted every event
