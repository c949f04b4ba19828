@main struct Comity { static func main() {} }
