package cloud.wuye.device.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** How a device shall be configured; absent fields stay as they are. */
@Input("DeviceConfigurationInput")
@Description("How a device shall be configured. Absent fields stay as they are.")
public record DeviceConfigurationInput(
        @Min(5) @Max(86_400) @Description("How often it shall be heard of at least, in seconds, 5 to 86400.")
                Integer heartbeatSeconds,
        @Min(1) @Max(86_400) @Description("How often it shall send a reading, in seconds, 1 to 86400.")
                Integer reportSeconds) {}
