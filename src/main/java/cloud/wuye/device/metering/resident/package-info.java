/**
 * What residents see and do about the meters that are theirs: those in the spaces that they occupy, and those that they are
 * asked to pay for. No query here takes a person's id; see docs/explanation/residents.md. May use what metering may use.
 */
package cloud.wuye.device.metering.resident;
