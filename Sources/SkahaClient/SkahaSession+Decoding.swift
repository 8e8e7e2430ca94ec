import Foundation

extension SkahaSession: Decodable {
  /// Reads an object of the versions 0 and 1 and of Roost. No field is required and unknown ones are ignored, so that
  /// one odd field does not hide a session.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    id = fields.lenientText("id") ?? ""
    name = fields.lenientText("name") ?? ""
    kind = Kind(fields.lenientText("type") ?? "")
    status = Status(fields.lenientText("status") ?? "")
    image = fields.lenientText("image") ?? ""
    user = fields.lenientText("userid") ?? ""
    uid = fields.lenientInt("runAsUID")
    gid = fields.lenientInt("runAsGID")
    supplementalGroups = fields.lenientInts("supplementalGroups")
    appID = fields.lenientText("appid")
    connectURL = fields.lenientText("connectURL").flatMap { $0 == "not-applicable" ? nil : $0 }
    isFixedResources = fields.lenientBool("isFixedResources")
    gpuUtilization = fields.lenientCount("gpuUtilization")
    phase = fields.lenientText("phase")
    exitCode = fields.lenientInt("exitCode")
    reason = fields.lenientText("reason")
    readTimes(fields)
    readResources(fields)
  }

  private mutating func readTimes(_ fields: KeyedDecodingContainer<FieldName>) {
    startTime = fields.lenientText("startTime").flatMap(SkahaTime.parse)
    expiryTime = fields.lenientText("expiryTime").flatMap(SkahaTime.parse)
    createTime = fields.lenientText("createTime").flatMap(SkahaTime.parse)
    endTime = fields.lenientText("endTime").flatMap(SkahaTime.parse)
  }

  private mutating func readResources(_ fields: KeyedDecodingContainer<FieldName>) {
    requested.cores = fields.lenientCount("requestedCPUCores")
    requested.ram = fields.lenientBytes("requestedRAM")
    requested.gpus = fields.lenientCount("requestedGPUCores")
    inUse.cores = fields.lenientCount("cpuCoresInUse")
    inUse.ram = fields.lenientBytes("ramInUse")
    inUse.gpuRAM = fields.lenientBytes("gpuRAMInUse")
  }
}
