# Found by an exploration with seed 2, in excursion 1. To repeat that: x
@HOOKS-SEQ-14
Feature: Explored: HOOKS-SEQ-14 (must)
  refused with 409: user message with language "en" and source "genesys", of a voice conversation.
  It is accepted at another place in a conversation, whatever the form.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: The warm transfer flow over three agents is accepted

    Example: A message, seed 2, excursion 1
      Given all values are plain
      And a voice conversation
      And Agent 1 answers the call
      And Agent 2 joins as a consultant
      And Agent 3 joins as a consultant
      And the customer says "Hello"
      Then the tenant has accepted every event
