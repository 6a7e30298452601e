package cloud.wuye.device.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** What may be edited of a device; absent fields stay as they are. */
@Input("DeviceEditInput")
@Description("What may be edited of a device. Absent fields stay as they are.")
public record DeviceEditInput(
        @Size(max = 64) @Pattern(regexp = ".*\\S.*") @Description("The maker's serial number, unique in the company.")
                String serialNo,
        @Size(max = 100) @Pattern(regexp = ".*\\S.*") @Description("How people call it.") String name,
        @Size(max = 100) @Description("The maker's model.") String model,
        @Min(5) @Max(86_400) @Description("How often it is heard of at least, in seconds, 5 to 86400.")
                Integer heartbeatSeconds) {}
