"""The mechanism that every service stands on; no word of the business in it.

settings  db  tables            configuration, connections, the chassis' own tables
work                            one unit of work: state, events, audit, inbox and timers commit together
question  paging                what is asked often, built once; lists in pages
outbox  broker  consumer        events out, the broker's shape, events in
inbox  timers  audit            exactly-once application, durable clocks, tamper-evident log
privacy  masking                field encryption, person keys, nothing personal in logs
direct                          the door: requests straight from the gateway, without the broker
service  run  migrate  garbage  a nameko process that answers, listens, relays and tells its health; its start
telemetry  errors  faults       logs, metrics, traces; faults by kind
"""
