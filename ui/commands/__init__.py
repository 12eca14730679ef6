"""The subcommands of ``kejian``: each module has ``add_to(commands)`` for its options and ``run(options, settings)``.

Nothing heavy is imported before ``run``: ``kejian --help`` must answer at once.
"""
