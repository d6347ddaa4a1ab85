@observe
Feature: How this tenant reads the documents: the way a request is answered
  Which of several documented answers the tenant gives, and which words it has for a refusal.
  Source: Webhook API for Conversation Events, "Responses"; Hooks API for Internal Transfers, "Header Parameters".

  @X-14
  Rule: A success is 200 OK, or a JSON object whose STATUS is OK

    Example: The success of each kind of request
      Given a voice conversation
      When an entry event is sent
      And a user message is sent
      And an exit event is sent
      And a summary trigger is sent
      And an end-of-conversation event is sent
      Then the tenant's answer is recorded

  @X-15
  Rule: The error for an unknown botId has the code 400; its HTTP status and exact words are not documented

    Example: An unknown botId in the path and the body
      Given a voice conversation
      When an entry event is sent with an unknown botId in the path and the body
      Then the tenant's answer is recorded

  @X-30
  Rule: What is answered to a token that does not authorise is not documented

    Scenario Outline: An entry with <token>
      Given a voice conversation
      When an entry event is sent with <token>
      Then the tenant's answer is recorded

      Examples:
        | token                              |
        | no token                           |
        | an empty token                     |
        | a text that is no token            |
        | a token signed with another secret |
        | a token signed with an empty secret |
        | a token whose content was changed  |
        | an expired token                   |
        | an unsigned token                  |
        | a token for another app            |
        | a token without an appId           |
