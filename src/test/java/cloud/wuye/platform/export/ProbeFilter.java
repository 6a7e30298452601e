package cloud.wuye.platform.export;

import cloud.wuye.platform.paging.InstantRangeInput;
import jakarta.validation.constraints.Min;
import java.util.List;

/** Which lines of {@link ProbeList}. */
public record ProbeFilter(@Min(0) Integer rows, List<ProbeList.Colour> colours, InstantRangeInput at) {}
