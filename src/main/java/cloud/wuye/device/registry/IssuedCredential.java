package cloud.wuye.device.registry;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A login that was just made. The secret is not kept and cannot be shown again. */
@Type("DeviceCredential")
@Description("A device's login for the MQTT broker. The password is shown this once and never again.")
public record IssuedCredential(
        @NonNull @Description("The MQTT user name, equal to the device's uid.") String username,
        @NonNull @Description("The MQTT password.") String password) {
    @Override
    public String toString() {
        return "IssuedCredential[" + username + "]";
    }
}
