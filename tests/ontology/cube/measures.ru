#+ summary: A sound data set with a measure dimension and two measures, beside the cube, which has none
INSERT DATA {
  cube:other a qb:DataSet ; qb:structure cube:structure-other .
  cube:structure-other a qb:DataStructureDefinition ;
    qb:component cube:other-period , cube:other-measure , cube:other-level , cube:other-growth .
  cube:other-period qb:dimension cube:refPeriod .
  cube:other-measure qb:dimension qb:measureType .
  qb:measureType rdfs:range rdf:Property .
  cube:other-level qb:measure cube:level .
  cube:other-growth qb:measure cube:growth .
  cube:other-1-level qb:dataSet cube:other ; cube:refPeriod period:2021 ; qb:measureType cube:level ; cube:level 1980000000000.0 .
  cube:other-1-growth qb:dataSet cube:other ; cube:refPeriod period:2021 ; qb:measureType cube:growth ; cube:growth 15.0 .
  cube:other-2-level qb:dataSet cube:other ; cube:refPeriod period:2022 ; qb:measureType cube:level ; cube:level 2110000000000.0 .
  cube:other-2-growth qb:dataSet cube:other ; cube:refPeriod period:2022 ; qb:measureType cube:growth ; cube:growth 9.8 .
}
