/**
 * What happens when things die: the packaged service as processes of its own, Debian's Mosquitto, the kit's PostgreSQL.
 * Run after packaging, by {@code ./mvnw verify}.
 */
package cloud.wuye.fault;
