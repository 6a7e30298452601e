package cloud.wuye.device.metering.topup;

import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which of their payment records a resident wants. */
@Input("MyPaymentRecordFilterInput")
@Description("Which of the caller's payment records a list shows. Absent fields filter nothing.")
public record MyPaymentRecordFilterInput(@Id @Description("Only this meter.") UUID deviceId) {}
