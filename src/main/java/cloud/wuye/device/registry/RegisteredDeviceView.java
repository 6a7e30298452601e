package cloud.wuye.device.registry;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A device that was just registered, with its login. */
@Type("RegisteredDevice")
@Description("A device that was just registered.")
public record RegisteredDeviceView(
        @NonNull @Description("The device.") DeviceView device,
        @Description("Its login; absent when a gateway speaks for it.") IssuedCredential credential) {}
