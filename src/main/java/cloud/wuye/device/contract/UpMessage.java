package cloud.wuye.device.contract;

/**
 * One message from a device, parsed once.
 *
 * @param topic where it came in; a claim until the registry confirms it
 * @param envelope null for {@link Presence}, which has none
 * @param payload what it says
 */
public record UpMessage(Topic topic, Envelope envelope, Payload payload) {}
