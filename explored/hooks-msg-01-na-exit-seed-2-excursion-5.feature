# Found by an exploration with seed 2, in excursion 5. To repeat that: x
@HOOKS-MSG-01
Feature: Explored: HOOKS-MSG-01 (must)
  refused with 400: NA exit with language "en" and isExtAD true, of a voice conversation.
  It is accepted with a plain query.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: query is a non-empty string

    Example: A NA exit, seed 2, excursion 5
      Given all values are plain but these:
        | of        | field | value   |
        | message 1 | query | "x\\nx" |
      And a voice conversation
      And Agent 1 answers the call
      And the customer says "Hello"
      And Agent 1 leaves as the last one
      Then the tenant has accepted every event
