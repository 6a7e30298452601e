/**
 * What an MQTT broker may ask: is this a device's login, and may it use this topic. EMQX, and every broker that calls
 * out over HTTP the way it does, asks {@code /internal/mqtt/authn} and {@code /authz}; Mosquitto, which calls nobody,
 * fetches a password file and an access list instead ({@code docs/how-to/mosquitto.md}, {@code docs/how-to/emqx.md}).
 *
 * <p>Neighbours allowed: {@code platform}, {@code tenant}, {@code device.contract}, {@code device.registry}.
 */
package cloud.wuye.device.broker;
