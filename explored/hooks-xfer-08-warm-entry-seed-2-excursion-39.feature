# Found by an exploration with seed 2, in excursion 39. To repeat that: x
@HOOKS-XFER-08
Feature: Explored: HOOKS-XFER-08 (must)
  refused with 400: WARM entry with language "en" and isExtAD true, of a voice conversation.
  It is accepted with a plain identity.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: participant carries identity, name and type, non-empty strings

    Example: A warm entry, seed 2, excursion 39
      Given all values are plain but these:
        | of      | field    | value  |
        | Agent 1 | identity | "eu/#" |
        | Agent 2 | identity | "eu/#" |
      And a voice conversation
      And Agent 1 answers the call
      And Agent 2 joins as a consultant
      Then the tenant has accepted every event
