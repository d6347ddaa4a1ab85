# Found by an exploration with seed 2, in excursion 73. To repeat that: x
@HOOKS-SEQ-14
Feature: Explored: HOOKS-SEQ-14 (must)
  refused with 409: WARM exit with language "en" and isExtAD true, of a voice conversation.
  It is accepted at another place in a conversation, whatever the form.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: The warm transfer flow over three agents is accepted

    Example: A warm exit, seed 2, excursion 73
      Given all values are plain
      And a voice conversation
      And Agent 1 answers the call
      And Agent 2 joins as a consultant
      And Agent 3 joins as a consultant
      And Agent 4 joins as a consultant
      And Agent 5 joins as a consultant
      And Agent 5 leaves while others stay
      Then the tenant has accepted every event
