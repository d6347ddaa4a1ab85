Feature: Nothing

  Scenario: A step that does nothing
    Given nothing
