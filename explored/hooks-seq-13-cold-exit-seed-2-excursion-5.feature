# Found by an exploration with seed 2, in excursion 5. To repeat that: x
@HOOKS-SEQ-13
Feature: Explored: HOOKS-SEQ-13 (must)
  refused with 400: COLD exit with language "en" and isExtAD true, of a voice conversation.
  It is accepted at another place in a conversation, whatever the form.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: The cold transfer flow over three agents is accepted

    Example: A cold exit, seed 2, excursion 5
      Given all values are plain
      And a voice conversation
      And Agent 1 answers the call
      And Agent 2 joins as a consultant
      And Agent 1 leaves while others stay
      And Agent 2 sends cold exit
      Then the tenant has accepted every event
