/**
 * The kit: PostgreSQL, an MQTT broker and Keycloak on a bare machine, for development and tests.
 *
 * <p>It runs as a process of its own ({@link cloud.wuye.kit.Kit}), is compiled with the tests and never ships. It knows
 * nothing of Quarkus and nothing of the service but its outside: the roles of the database, the topics of the broker,
 * the realm of the platform operator.
 */
package cloud.wuye.kit;
