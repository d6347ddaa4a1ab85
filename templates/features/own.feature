Feature: What our adapter relies on

  Rule: A call that nobody ends is ended by the adapter

    @ACME-CALL-01
    Example: A voice conversation with one agent
      Given a voice conversation
      When our adapter handles a call
      Then the tenant has accepted every event
