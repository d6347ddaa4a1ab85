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

    Scenario Outline: <request> at the path of <document>
      Given a voice conversation that is ready for <request>
      When <request> is sent to the path of <document>
      Then the tenant's answer is recorded

      Examples:
        | request                      | document            |
        | an entry event               | Conversation Events |
        | an end-of-conversation event | Conversation Events |
        | an end-of-conversation event | End of Conversation |
        | a redial                     | Conversation Events |
        | a redial                     | the redial sample   |

  @X-34
  Rule: One sample has three slashes before the path, all others have one

    Example: The sample of the internal transfers
      Given a voice conversation
      When an entry event is sent to the path of the internal-transfers sample
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
