@observe
Feature: How this tenant reads the documents: transfers to an agent or a queue
  What a transfer needs, where tables and samples differ.
  Source: Transfer Conversation To a Specific Agent or Queue, "Query Parameters" and "Sample Requests".

  Background:
    Given the tenant's profile names what routing needs

  @X-01
  Rule: A transfer carries the token in the header auth; the hooks read it in the header token as well

    Example: The token in the header of the hooks
      When a transfer to the agent is requested with the token in the header token
      Then the tenant's answer is recorded

  @X-22
  Rule: The table calls them query parameters, the samples send them in the body

    Scenario Outline: The parameters in the <carrier>
      When a transfer to the agent is requested with its parameters in the <carrier>
      Then the tenant's answer is recorded

      Examples:
        | carrier |
        | body    |
        | query   |

  @X-24
  Rule: The samples send accountid and transferredType, which no table has

    Scenario Outline: A transfer to the <target> without <omission>
      When a transfer to the <target> is requested without <omission>
      Then the tenant's answer is recorded

      Examples:
        | target | omission             |
        | agent  | the accountid header |
        | queue  | transferredType      |
