# Found by an exploration with seed 2, in excursion 10. To repeat that: x
@HOOKS-RDL-01
Feature: Explored: HOOKS-RDL-01 (must)
  refused with 400: redial entry with language "en" and isExtAD true, of a voice conversation.
  It is accepted at another place in a conversation, whatever the form.
  Source: an exploration with seed 2; the requirement is in spec/requirements.yaml.

  Rule: After a drop the sequence is NA exit, redial entry, NA exit, summary, END_OF_CONVERSATION

    Example: A redial entry, seed 2, excursion 10
      Given all values are plain
      And a voice conversation
      And Agent 1 answers the call
      And Agent 1 leaves as the last one
      And a summary is requested
      And Agent 2 redials
      Then the tenant has accepted every event
