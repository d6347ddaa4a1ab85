Feature: What our adapter relies on

  Rule: A call of one agent is accepted from its first to its last event

    @ACME-CALL-01
    Example: A voice conversation with one agent
      Given a voice conversation
      When our adapter handles a call
      Then the tenant has accepted every event
