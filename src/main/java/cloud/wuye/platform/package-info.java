/**
 * What every feature stands on: the one database door, the outbox, the audit log, problems, paging, the clock and the
 * GraphQL and MQTT wiring. Knows no feature and imports none.
 */
package cloud.wuye.platform;
