"""What an operator needs: limits of the wire, guards, metrics, logs, health."""
