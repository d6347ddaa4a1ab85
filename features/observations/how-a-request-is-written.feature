@observe
Feature: How this tenant reads the documents: the way a request is written
  Where the documents contradict each other, the answer to each form is recorded; no answer is a wrong one.
  Source: Webhook API for Conversation Events; Hooks API for Internal Transfers; End of Conversation.

  @X-01
  Rule: The field tables carry the token in the header auth, the samples in the header token

    Scenario Outline: The token in the header <header>
      Given a voice conversation
      When an entry event is sent with the token in the header <header>
      Then the tenant's answer is recorded

      Examples:
        | header |
        | token  |
        | auth   |

  @X-02
  Rule: The documents send their events to three paths

    Scenario Outline: The path of <document>
      Given a voice conversation
      When an entry event is sent to the path of <document>
      Then the tenant's answer is recorded

      Examples:
        | document            |
        | Conversation Events |
        | End of Conversation |
        | the redial sample   |

  @X-05
  Rule: A redial has a reason and no isExtAD in the sample, and isExtAD and no reason in the curl

    Example: The sample of the documents
      Given a voice conversation
      When a redial is sent as in the sample, with a reason and without isExtAD
      Then the tenant's answer is recorded

  @X-16
  Rule: Path and body both carry the botId; whether both are looked at is not documented

    Scenario Outline: An unknown botId in <place>
      Given a voice conversation
      When an entry event is sent with an unknown botId in <place>
      Then the tenant's answer is recorded

      Examples:
        | place         |
        | the path only |
        | the body only |
