/// The look-ups in SQL. The first parameter is always the owner; an empty text means that a value was not given.
enum RecordSQL {
    /// One row more than an answer holds, to know whether there are more.
    private static let ending = "ORDER BY id LIMIT \(RecordReader.maximumRecords + 1)"

    private static let drivers = """
        SELECT id, protected, minor, document_class, \(RecordSchema.photoElement), \
        \(RecordSchema.driverElements.joined(separator: ", ")) FROM driver WHERE owner = ?1 AND
        """
    private static let list = """
        SELECT id, protected, minor, document_class, \(RecordSchema.listElements.joined(separator: ", ")) \
        FROM driver WHERE owner = ?1 AND
        """
    private static let vehicles = """
        SELECT protected, minor, \(RecordSchema.vehicleElements.joined(separator: ", ")) \
        FROM vehicle WHERE owner = ?1 AND
        """

    static let driverByNumber = "\(drivers) OLN = ?2 \(ending)"
    static let driverByName = """
        \(drivers) last_and_first = ?2 AND DOB IN (?3, ?4) AND SEX = ?5 AND (?6 = '' OR NAM = ?6) \(ending)
        """
    static let driverList = """
        \(list) last_and_first BETWEEN ?2 AND ?3 AND (?4 = '' OR NAM = ?4) AND (?5 = '' OR DOB IN (?5, ?6)) \
        AND (?7 = '' OR SEX = ?7) \(ending)
        """
    static let ownerList = """
        \(vehicles) last_and_first BETWEEN ?2 AND ?3 AND (?4 = '' OR ONAM = ?4) \
        AND (?5 = '' OR owner_birth IN (?5, ?6)) AND (?7 = '' OR owner_sex = ?7) \(ending)
        """
    static let vehicleByPlate = "\(vehicles) LIC = ?2 AND LIY = ?3 AND LIT = ?4 \(ending)"
    static let vehicleByVIN = "\(vehicles) VIN = ?2 \(ending)"
    static let plateParts = """
        \(vehicles) LIC BETWEEN ?2 AND ?3 AND LIC GLOB ?4 AND (?5 = '' OR LIY = ?5) AND (?6 = '' OR LIT = ?6) \
        \(ending)
        """
    static let history = "SELECT \(RecordSchema.historyElement) FROM history WHERE driver = ?1 ORDER BY line"
}
