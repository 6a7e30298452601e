/**
 * The MQTT contract v1 as types: topics, envelope, payloads, and the parser that turns bytes into them. The JSON Schemas
 * under {@code contract/v1} are the one description of what is accepted; this package compiles and obeys them. It knows
 * no database and no other feature; allowed neighbours: none.
 */
package cloud.wuye.device.contract;
